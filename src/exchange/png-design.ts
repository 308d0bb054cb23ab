import { unzlibSync, zlibSync } from "fflate";

/** The design file in a PNG: an iTXt chunk (PNG specification, third edition, 11.3.3.4), compressed, right behind IHDR. */
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const keyword = "plimsoll-design";
const largestDesignBytes = 5_000_000;

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
      const found = textOf(png.subarray(at + 8, at + 8 + size));
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
  const start = name.length + 5;
  try {
    const text = unzlibSync(data.subarray(start), { out: new Uint8Array(largestDesignBytes) });
    return new TextDecoder("utf-8", { fatal: true }).decode(text);
  } catch {
    return null;
  }
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
