/** What a deletion for good frees, or would free. */
export interface Freed {
  readonly candidates: number;
  readonly experiments: number;
  readonly models: number;
  /** Of candidates' and models' metrics. */
  readonly points: number;
  readonly files: number;
  readonly bytes: number;
}

export const nothingFreed: Freed = { candidates: 0, experiments: 0, models: 0, points: 0, files: 0, bytes: 0 };

/** The sum of both. */
export function addFreed(freed: Freed, more: Partial<Freed>): Freed {
  return {
    candidates: freed.candidates + (more.candidates ?? 0),
    experiments: freed.experiments + (more.experiments ?? 0),
    models: freed.models + (more.models ?? 0),
    points: freed.points + (more.points ?? 0),
    files: freed.files + (more.files ?? 0),
    bytes: freed.bytes + (more.bytes ?? 0),
  };
}

/** Adds up step by step. */
export class FreedSum {
  private sum = nothingFreed;

  add(more: Partial<Freed>): void {
    this.sum = addFreed(this.sum, more);
  }

  get total(): Freed {
    return this.sum;
  }
}
