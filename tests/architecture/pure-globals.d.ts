// What the pure folders may use beyond the language itself: the UTF-8 codecs, which every platform has and which give the
// same answer everywhere. Read only by src/tsconfig.pure.json; elsewhere the platform's own types say the same.

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: "utf-8", options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(bytes?: ArrayBufferView | ArrayBuffer): string;
}
