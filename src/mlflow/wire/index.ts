export { EndpointNotFound } from './endpoint-not-found';
export { Fields, isObject, type WireEnum } from './fields';
export { Message, messageLimits } from './message';
export { MlflowApi, MlflowRoutes } from './mlflow-api';
export { MlflowErrorFilter } from './mlflow-error.filter';
export { invalidValue, missingValue } from './texts';
export { readNamedValue, toNamedValue, unlessEmpty, type WireNamedValue } from './named-values';
export { readFilter, readMaxResults, readPageToken, readView, toNextPage } from './paging';
