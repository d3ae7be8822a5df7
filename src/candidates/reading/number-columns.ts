/** Where `array_send` says how many elements follow, where the first one is, and how far it is to the next: its length and 8 bytes. */
const layout = { count: 12, first: 24, stride: 12 } as const;

const highWord = 2 ** 32;

function read(bytes: Buffer | null, at: (place: number) => number): number[] {
  // An empty array has no dimension, hence no count; an aggregate over nothing is null.
  const length = bytes === null || bytes.length < layout.first ? 0 : bytes.readInt32BE(layout.count);
  const numbers = new Array<number>(length);
  for (let index = 0; index < length; index += 1) numbers[index] = at(layout.first + index * layout.stride);
  return numbers;
}

/**
 * The elements of a `bigint[]` without NULLs, as PostgreSQL's `array_send` writes them: neither side spends time on decimals.
 * Exact to ±(2^53 - 1).
 */
export function readIntegers(bytes: Buffer | null): number[] {
  return read(bytes, (place) => (bytes?.readInt32BE(place) ?? 0) * highWord + (bytes?.readUInt32BE(place + 4) ?? 0));
}

/** As {@link readIntegers}, of a `float8[]`; NaN and the infinities included. */
export function readDoubles(bytes: Buffer | null): number[] {
  return read(bytes, (place) => bytes?.readDoubleBE(place) ?? Number.NaN);
}
