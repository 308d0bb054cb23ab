import { Unzlib, zlibSync } from "fflate";

/** The design file in a PNG: an iTXt chunk (PNG specification, third edition, 11.3.3.4), compressed, right behind IHDR. */
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const keyword = "plimsoll-design";
/** As much as the longest design file in UTF-8. */
const largestDesignBytes = 15_000_000;
/** Compressed bytes that are unpacked at a time: one step gives at most about a thousand times as many. */
const stepBytes = 4096;

export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** The same PNG with the design file in it. Throws when the bytes are not a PNG. */
export function embedInPng(png: Uint8Array, designFile: string): Uint8Array {
  if (!isPng(png)) throw new Error("Not a PNG");
  const afterHeader = 8 + 12 + 13;
  const text = zlibSync(new TextEncoder().encode(designFile), { level: 9 });
  const name = new TextEncoder().encode(keyword);
  // Keyword, NUL, compressed, method zlib, empty language and translated keyword with their NULs, text.
  const data = new Uint8Array(name.length + 5 + text.length);
  data.set(name);
  data[name.length + 1] = 1;
  data.set(text, name.length + 5);
  const chunk = chunkOf("iTXt", data);
  const out = new Uint8Array(png.length + chunk.length);
  out.set(png.subarray(0, afterHeader));
  out.set(chunk, afterHeader);
  out.set(png.subarray(afterHeader), afterHeader + chunk.length);
  return out;
}

/** The design file in a PNG; null when it holds none or the chunk is damaged. */
export function readFromPng(png: Uint8Array): string | null {
  if (!isPng(png)) return null;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let at = 8; at + 12 <= png.length; ) {
    const size = view.getUint32(at);
    if (at + 12 + size > png.length) return null;
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (type === "iTXt") {
      const isWhole = view.getUint32(at + 8 + size) === crc32(png.subarray(at + 4, at + 8 + size));
      const found = isWhole ? textOf(png.subarray(at + 8, at + 8 + size)) : null;
      if (found !== null) return found;
    }
    if (type === "IEND") return null;
    at += 12 + size;
  }
  return null;
}

function textOf(data: Uint8Array): string | null {
  const name = new TextEncoder().encode(keyword);
  if (!name.every((byte, index) => data[index] === byte) || data[name.length] !== 0 || data[name.length + 1] !== 1)
    return null;
  const bytes = unpack(data.subarray(name.length + 5), largestDesignBytes);
  if (bytes === null) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Unpacks zlib data step by step; null when it is damaged, or as soon as it grows beyond the limit. */
export function unpack(packed: Uint8Array, mostBytes: number): Uint8Array | null {
  const parts: Uint8Array[] = [];
  let total = 0;
  let isDone = false;
  const stream = new Unzlib((part, final) => {
    parts.push(part);
    total += part.length;
    isDone = final;
  });
  try {
    for (let at = 0; at < packed.length && total <= mostBytes; at += stepBytes) {
      stream.push(packed.subarray(at, at + stepBytes), at + stepBytes >= packed.length);
    }
  } catch {
    return null;
  }
  if (!isDone || total > mostBytes) return null;
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function chunkOf(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(12 + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  for (let index = 0; index < 4; index++) chunk[4 + index] = type.charCodeAt(index);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

/** CRC-32 with the polynomial of ISO 3309, as PNG wants it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
