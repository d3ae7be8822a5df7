const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A curve as a few block characters; values that are no finite numbers are left out. Empty for fewer than two of them. */
export function sparkline(values: readonly number[], width = 16): string {
  const finite = values.filter(Number.isFinite);
  if (finite.length < 2) return '';
  const columns = Math.min(width, finite.length);
  const picked = Array.from(
    { length: columns },
    (_, index) => finite[Math.round((index * (finite.length - 1)) / (columns - 1))] as number,
  );
  const low = Math.min(...picked);
  // Halves keep the span finite at the ends of the number range.
  const span = Math.max(...picked) / 2 - low / 2;
  return picked
    .map((value) => bars[span === 0 ? 3 : Math.round(((value / 2 - low / 2) / span) * (bars.length - 1))] ?? bars[0])
    .join('');
}
