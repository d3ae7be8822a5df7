import { ApiProperty } from '@nestjs/swagger';
import { statusOfError } from '../error-status';
import type { ErrorKind } from '../errors';
import type { NamedValue } from '../named-value';
import { TextAnswer } from './answer-fields';
import { TextField } from './request-fields';

/** A param or a tag in an answer. */
export class NamedValueAnswer implements NamedValue {
  @TextAnswer('Of the param or tag.')
  name!: string;

  @TextAnswer('As it was logged.')
  value!: string;
}

/** A param or a tag in a request; how long they may be is the service's to check. */
export class NamedValueBody implements NamedValue {
  @TextField({ description: 'Letters, digits, `_ . - : /` and spaces.' })
  name!: string;

  @TextField({ description: 'Any text.' })
  value!: string;
}

/** What a list says of its continuation. */
export class PageAnswer {
  @TextAnswer('Gives the next page when it is sent as `page_token` with the same query; absent on the last page.', {
    optional: true,
  })
  next_page_token?: string;
}

/** Every refusal. */
export class ErrorAnswer {
  @ApiProperty({
    type: 'string',
    enum: Object.keys(statusOfError),
    enumName: 'ErrorKind',
    description: 'What went wrong, for programs.',
  })
  error!: ErrorKind;

  @TextAnswer('What went wrong and what to do about it, for people.')
  message!: string;

  @TextAnswer('The offending field, as the request named it.', { optional: true })
  field?: string;
}
