/** A metric's value for people: six significant digits; NaN and the infinities by their names. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return withMinus(String(Number(value.toPrecision(6))));
}

/** A change with its sign, and in per cent of the baseline where that means something: `+0.012 (+1.3 %)`. */
export function formatChange(value: number, baseline: number): string {
  const change = value - baseline;
  if (!Number.isFinite(change)) return '–';
  const noise = Math.max(Math.abs(value), Math.abs(baseline)) * 1e-12;
  const rounded = Math.abs(change) <= noise ? 0 : Number(change.toPrecision(3));
  const absolute = rounded === 0 ? '±0' : signed(rounded);
  if (baseline === 0 || rounded === 0) return absolute;
  const percent = Number(((change / Math.abs(baseline)) * 100).toPrecision(2));
  return Number.isFinite(percent) ? `${absolute} (${signed(percent)} %)` : absolute;
}

/** A length of time: `840 ms`, `41 s`, `12 m 04 s`, `3 h 20 m`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${String(Math.max(0, Math.round(milliseconds)))} ms`;
  const seconds = Math.floor(milliseconds / 1_000);
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${String(minutes)} m ${String(seconds % 60).padStart(2, '0')} s`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} m`;
}

/** How long ago, in the largest whole unit: `3 days ago`. */
export function formatAge(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return ago(minutes, 'minute');
  if (minutes < 60 * 24) return ago(Math.floor(minutes / 60), 'hour');
  return ago(Math.floor(minutes / (60 * 24)), 'day');
}

/** `2026-11-23 08:40 UTC` */
export function formatTime(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The first seven characters, as forges show commits. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

function signed(value: number): string {
  return value > 0 ? `+${String(value)}` : withMinus(String(value));
}

function withMinus(text: string): string {
  return text.replace(/^-/, '−');
}

function ago(count: number, unit: string): string {
  return `${String(count)} ${unit}${count === 1 ? '' : 's'} ago`;
}
