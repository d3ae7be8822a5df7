/** A number as decimal text that reads back as the same number, the sign of zero included. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
