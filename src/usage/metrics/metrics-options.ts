/** What the address of the metrics can be told. */
export interface MetricsOptions {
  /**
   * What is answered, in Prometheus' text format, instead of this process's own measures: a server of several processes has them
   * added up here.
   */
  readonly text?: () => Promise<string>;
}

/** The token under which the options are injected. */
export const MetricsOptions = Symbol('MetricsOptions');
