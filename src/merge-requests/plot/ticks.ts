/** The numbers that an axis shows: round ones, about as many as asked, from the first at or above `low`. */
export function ticks(low: number, high: number, count = 5): number[] {
  const span = high - low;
  if (!Number.isFinite(span) || span <= 0) return [low];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  if (!(step > 0)) return [low];
  const first = Math.ceil(low / step);
  const shown = Math.min(count * 3, Math.floor(high / step + 1e-9) - first + 1);
  return Array.from({ length: Math.max(0, shown) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** A range of values with some room around it; a single value gets a range of its own. */
export function rangeOf(values: readonly number[]): { low: number; high: number } {
  const finite = values.filter((value) => Number.isFinite(value) && Math.abs(value) < 1e300);
  if (finite.length === 0) return { low: 0, high: 1 };
  const low = finite.reduce((least, value) => Math.min(least, value), Infinity);
  const high = finite.reduce((most, value) => Math.max(most, value), -Infinity);
  const room = high > low ? (high - low) * 0.08 : Math.abs(high) * 0.1 || 1;
  return { low: low - room, high: high + room };
}
