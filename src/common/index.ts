export { Addresses, defaultDocumentPath, defaultPrefix, type PublicAddress } from './addresses';
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
export { formatByteSize, parseByteSize } from './byte-size';
export { Html, html, type HtmlValue } from './html';
export { HtmlPages } from './html-pages';
export { challenge, type HttpAnswer, type HttpRequest } from './http';
export {
  ChoiceField,
  DateField,
  ErrorAnswer,
  FlagAnswer,
  FlagField,
  JsonBody,
  ListAnswer,
  ListQuery,
  NamedValueAnswer,
  NamedValueBody,
  NativeApi,
  nativeApiKey,
  NumberAnswer,
  Operation,
  PageAnswer,
  pageOf,
  PageQuery,
  PartAnswer,
  presentNumber,
  refusalsExtension,
  selectionOf,
  TextAnswer,
  TextField,
  TextsField,
  TimeAnswer,
  WholeAnswer,
  WholeField,
  WholesField,
  type JsonNumber,
  type View,
} from './native-api';
export { asAssayError, logDefect } from './native-error.filter';
export { badge, note, page, pageHeaders, pagePath, pagePolicy, serverPagePath, type Tone } from './page';
export { PageErrorFilter, PageRefusal } from './page-error.filter';
export { pageStyle } from './page-style';
export { assayMetrics, durationBuckets, GaugeOf } from './monitoring';
export type { NamedValue } from './named-value';
export { decodePageToken, encodePageToken, type Page } from './pages';
export { sentContentType, sentContentTypeHeader, unreadContentType } from './sent-content-type';
export { takeResponse } from './take-response';
export { version } from './version';
export { checkKey, checkLength, checkText, cutText, isLongerThan } from './text-rules';
