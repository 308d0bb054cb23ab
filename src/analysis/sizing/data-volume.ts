const secondsPerDay = 86_400;

/** Copies kept while nobody says how many. */
export const usualReplicationFactor = 1;

/** Bytes of new records a day, one copy: records × size. */
export function bytesPerDay(recordsPerDay: number, recordBytes: number): number {
  return recordsPerDay * recordBytes;
}

/** Bytes kept in all once the oldest records are deleted: by day × days kept × copies. */
export function bytesKept(perDay: number, retentionDays: number, copies: number): number {
  return perDay * retentionDays * copies;
}

/** Mean rate of a daily number, per second. */
export function ratePerSecond(perDay: number): number {
  return perDay / secondsPerDay;
}

/** Bandwidth in bit/s of messages of `bytes` each. */
export function bandwidthBitsPerSecond(messagesPerSecond: number, bytes: number): number {
  return messagesPerSecond * bytes * 8;
}
