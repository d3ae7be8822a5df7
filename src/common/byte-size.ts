const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  pb: 1e15,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
  pib: 1024 ** 5,
};

/** Reads a number of bytes as people write it, such as `50GB`, `1.5 TiB` or `1000`; undefined when it is none. */
export function parseByteSize(text: string): number | undefined {
  const match = /^\s*([0-9]{1,16}(?:\.[0-9]{1,6})?)\s*([a-z]*)\s*$/i.exec(text);
  const unit = units[(match?.[2] ?? '').toLowerCase()];
  if (match === null || unit === undefined) return undefined;
  const bytes = Math.round(Number(match[1]) * unit);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

const steps: readonly (readonly [size: number, unit: string])[] = [
  [1e15, 'PB'],
  [1e12, 'TB'],
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
];

/** A number of bytes for people: decimal units, at most three digits, such as `1.25 GB`; exact below 1,000. */
export function formatByteSize(bytes: number): string {
  const [size, unit] = steps.find(([step]) => bytes >= step) ?? [1, bytes === 1 ? 'byte' : 'bytes'];
  return `${String(Number((bytes / size).toPrecision(3)))} ${unit}`;
}
