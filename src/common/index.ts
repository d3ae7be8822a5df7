export { Addresses, defaultPrefix, type PublicAddress } from './addresses';
export { AssayError, forbidden, invalid, notFound, unavailable, type ErrorDetails, type ErrorKind } from './errors';
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
export { readBody, readForm } from './body';
export { Html, html, type HtmlValue } from './html';
export { HtmlPages } from './html-pages';
export { challenge, type HttpAnswer, type HttpRequest } from './http';
export { NativeApi } from './native-api';
export { asAssayError, logDefect } from './native-error.filter';
export { badge, note, page, pageHeaders, pagePath, pagePolicy, serverPagePath, type Tone } from './page';
export { PageErrorFilter, PageRefusal } from './page-error.filter';
export { pageStyle } from './page-style';
export { ListQuery, selectionOf, type View } from './list-query';
export { assayMetrics, durationBuckets, GaugeOf } from './monitoring';
export type { NamedValue } from './named-value';
export { decodePageToken, encodePageToken, type Page } from './pages';
export { sentContentType, sentContentTypeHeader, unreadContentType } from './sent-content-type';
export { checkKey, checkLength, checkText, cutText, isLongerThan } from './text-rules';
