export { Addresses, type PublicAddress } from './addresses';
export { AssayError, forbidden, invalid, notFound, unavailable, type ErrorDetails, type ErrorKind } from './errors';
export { statusOfError } from './error-status';
export {
  asCandidateIid,
  asExperimentIid,
  asProjectId,
  newEid,
  parseEid,
  parseIid,
  type CandidateEid,
  type CandidateIid,
  type ExperimentIid,
  type ProjectId,
} from './ids';
export type { NamedValue } from './named-value';
export { decodePageToken, encodePageToken, type Page } from './pages';
