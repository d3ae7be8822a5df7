/** What each server answers to a step on purpose: a status with the error's code, if it is one. */
export interface Difference {
  readonly theirs: string;
  readonly ours: string;
  readonly why: string;
}

const refused = '400 INVALID_PARAMETER_VALUE';
const typingError = 'a name or number that the enum has not is a typing error; MLflow takes it for the first value';
const typeError = 'a value of a wrong type is named; MLflow rounds it, or reads an empty message';
const userMistake = 'a mistake of the caller is never 5xx, which the clients repeat for minutes';
const noSqlError = 'an error of its database, in its words, is what MLflow answers';
const nameless = 'a dataset without name, digest and source could not be found again';
const more = 'taken as well; MLflow knows one way of writing it';

/** Steps whose answers differ; all others must be equal. docs/decisions/0006 tells users of those that matter to them. */
export const differences: Readonly<Record<string, Difference>> = {
  'experiments / a new name that is taken': {
    theirs: '400 BAD_REQUEST',
    ours: '400 RESOURCE_ALREADY_EXISTS',
    why: noSqlError,
  },
  'experiments / the name of a deleted experiment': {
    theirs: '400 RESOURCE_ALREADY_EXISTS',
    ours: '200',
    why: 'deleting frees the name',
  },
  'experiments / the run after its experiment was restored': {
    theirs: '200',
    ours: '200',
    why: 'restoring an experiment brings back the runs that went with it, and no others',
  },
  'metrics / the history of an unknown run': {
    theirs: '200',
    ours: '404 RESOURCE_DOES_NOT_EXIST',
    why: 'a typing error should show',
  },
  'experiments / rename what is deleted': { theirs: '500 INVALID_STATE', ours: refused, why: userMistake },
  'searching experiments / a view that is none': { theirs: '200', ours: refused, why: typingError },
  'runs / a run without a user': { theirs: '200', ours: '200', why: 'whose token it is, is known here' },
  'runs / a status that is none': { theirs: '200', ours: refused, why: typingError },
  'metrics / value true': { theirs: '200', ours: refused, why: typeError },
  'metrics / timestamp with a fraction': { theirs: '200', ours: refused, why: typeError },
  'metrics / step with a fraction': { theirs: '200', ours: refused, why: typeError },
  'numbers that JSON has not / the values that JSON has not': {
    theirs: '200',
    ours: '200',
    why: 'infinities are kept as they are; MLflow turns them into ±1.8e308',
  },
  'numbers that JSON has not / the history of infinity': {
    theirs: '200',
    ours: '200',
    why: 'infinities are kept as they are; MLflow turns them into ±1.8e308',
  },
  'batches / a metric that is no object': { theirs: '500', ours: refused, why: userMistake },
  'the wire / a number': { theirs: '500', ours: '200', why: 'whatever is no object is an empty message' },
  'the wire / no content type': { theirs: refused, ours: '200', why: more },
  'the wire / int as 1.5': { theirs: '200', ours: refused, why: typeError },
  'the wire / an enum by an unknown number': { theirs: '200', ours: refused, why: typingError },
  'the wire / an enum by an unknown name': { theirs: '200', ours: refused, why: typingError },
  'the wire / null for a field': { theirs: '500', ours: '200', why: 'null is absent, as in protobuf’s JSON' },
  'the wire / a list of numbers': { theirs: '200', ours: refused, why: typeError },
  'the wire / a metric in camelCase': { theirs: refused, ours: '200', why: more },
  'the wire / a metric with an integer beyond int64': { theirs: '200', ours: refused, why: typeError },
  'the wire / a metric with a step beyond int64': { theirs: '200', ours: refused, why: typeError },
  'the wire / the history of NaN without quotes': {
    theirs: '200',
    ours: '200',
    why: 'Python’s writers of JSON send NaN so; MLflow then keeps 0, at time 0',
  },
  'the wire / camelCase in a query': { theirs: refused, ours: '200', why: more },
  'the wire / both names in a query': { theirs: '200', ours: refused, why: 'as in a body: which one is meant?' },
  'the wire / a POST where a GET is': {
    theirs: '405',
    ours: '404 ENDPOINT_NOT_FOUND',
    why: 'errors are JSON; MLflow sends a page of HTML',
  },
  'the wire / no such address': {
    theirs: '404',
    ours: '404 ENDPOINT_NOT_FOUND',
    why: 'errors are JSON; MLflow sends a page of HTML',
  },
  'searching runs / filter  ': { theirs: refused, ours: '200', why: 'a blank filter is none, as an empty one is' },
  'datasets / no dataset in the input': { theirs: '200', ours: refused, why: nameless },
  'datasets / no name': { theirs: '200', ours: refused, why: nameless },
  'datasets / no digest': { theirs: '200', ours: refused, why: nameless },
  'datasets / no source': { theirs: '200', ours: refused, why: nameless },
  'datasets / no source type': { theirs: '200', ours: refused, why: nameless },
  'logged models / a param twice': { theirs: '400 BAD_REQUEST', ours: refused, why: noSqlError },
  'logged models / a status that is none': { theirs: '200', ours: refused, why: typingError },
  'logged models / the id in the path alone': { theirs: refused, ours: '200', why: 'the address says it already' },
  'logged models / a param again': {
    theirs: '400 BAD_REQUEST',
    ours: '200',
    why: 'an equal repeat is no error, as for params of runs: clients repeat requests',
  },
  'logged models / a metric of an unknown model': {
    theirs: '400 BAD_REQUEST',
    ours: '404 RESOURCE_DOES_NOT_EXIST',
    why: noSqlError,
  },
  'logged models / outputs again': {
    theirs: '400 BAD_REQUEST',
    ours: '200',
    why: 'an equal repeat is no error: clients repeat requests',
  },
  'logged models / a file without its path': {
    theirs: '400 BAD_REQUEST',
    ours: refused,
    why: 'the same code as for every other missing field',
  },
  'searching logged models / models by attributes.creation_time > 0': {
    theirs: '500 INTERNAL_ERROR',
    ours: '200',
    why: 'the alias works with its prefix as well',
  },
  "searching logged models / models by nonsense = 'x'": {
    theirs: '500 INTERNAL_ERROR',
    ours: refused,
    why: userMistake,
  },
  'searching logged models / models by metric.acc > 1': { theirs: refused, ours: '200', why: more },
  "searching logged models / models by metrics.acc > 'x'": {
    theirs: '500 INTERNAL_ERROR',
    ours: refused,
    why: userMistake,
  },
  'searching logged models / models in order of model_type then name': {
    theirs: '200',
    ours: '200',
    why: 'models without a type come last in either direction; to MLflow they have an empty one',
  },
  'searching logged models / models on a dataset without digest': {
    theirs: '200',
    ours: '200',
    why: 'any digest, as its client says; MLflow’s server then finds metrics without a digest only',
  },
  'searching logged models / models by a token that is none': { theirs: '500', ours: refused, why: userMistake },
  'searching logged models / models, max_results -1': {
    theirs: '200',
    ours: refused,
    why: 'a page cannot have less than one',
  },
};
