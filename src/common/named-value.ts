/** A param, or a tag. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
}
