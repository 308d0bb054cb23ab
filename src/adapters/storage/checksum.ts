/**
 * A short mark of a text that tells truncation and damage: its length in UTF-16 code units and the 32-bit FNV-1a hash of
 * them (Fowler, Noll and Vo). Not a protection against intent.
 */
export function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return `${text.length}-${(hash >>> 0).toString(16).padStart(8, "0")}`;
}
