const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads a length of time such as `30d`, `12h`, `90m` or `0s`, in milliseconds; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const [, number = '', unit = ''] = /^([0-9]{1,6})([smhd])$/.exec(text.trim()) ?? [];
  const length = units[unit];
  return length === undefined ? undefined : Number(number) * length;
}
