/** The hyperparameters of one candidate; logged as its params. */
export interface PenguinParams {
  /** Columns of penguins.csv. */
  features: string[];
  /** 0 is softmax regression. */
  hidden_units: number;
  learning_rate: number;
  l2: number;
  momentum: number;
  batch_size: number;
  epochs: number;
  /** Seeds the first weights and the order of the batches, not the split. */
  seed: number;
}

export interface TrainedCandidate {
  /** 32 hex digits. */
  runId: string;
  name: string;
  params: PenguinParams;
  /** The last value of every metric. */
  metrics: Record<string, number>;
}

export interface SweepOptions {
  trackingUri: string;
  token?: string | undefined;
  /** Created when there is none of this name. */
  experiment: string;
  grid: readonly PenguinParams[];
  branch?: string | undefined;
  commit?: string | undefined;
  /** Go on every candidate. */
  tags?: Record<string, string> | undefined;
  /** Is given one line per candidate. */
  log?: ((line: string) => void) | undefined;
  /** Put the candidates below one parent. */
  nested?: boolean | undefined;
  /** The name of the login, unless given. */
  user?: string | undefined;
}

export interface SweepResult {
  experimentId: string;
  /** Only with `nested`. */
  parentRunId?: string;
  candidates: TrainedCandidate[];
}

export const baselineGrid: readonly PenguinParams[];
export const proposalGrid: readonly PenguinParams[];

/** Three candidates of the grid with 15 epochs each. */
export function quick(grid: readonly PenguinParams[]): PenguinParams[];

/** Trains and logs every candidate of the grid, one after another; rejects at the server's first refusal. */
export function sweep(options: SweepOptions): Promise<SweepResult>;
