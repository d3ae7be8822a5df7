export { EndpointNotFound } from './endpoint-not-found';
export { Fields, type WireEnum } from './fields';
export { Message, messageLimits } from './message';
export { MlflowApi, MlflowRoutes, trackingPath } from './mlflow-api';
export { invalidValue, missingValue, tooLong, wrongType } from './texts';
