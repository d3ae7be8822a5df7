export {
  FlagAnswer,
  ListAnswer,
  NumberAnswer,
  PartAnswer,
  presentNumber,
  TextAnswer,
  TimeAnswer,
  WholeAnswer,
  type JsonNumber,
} from './answer-fields';
export { ErrorAnswer, NamedValueAnswer, NamedValueBody, PageAnswer } from './answers';
export { JsonBody } from './json-body';
export { ListQuery, PageQuery, pageOf, selectionOf, type View } from './list-query';
export { NativeApi, nativeApiKey } from './native-api';
export { Operation, refusalsExtension } from './operation';
export { ChoiceField, DateField, FlagField, TextField, TextsField, WholeField, WholesField } from './request-fields';
