import { Global, Module } from '@nestjs/common';
import { Gate } from './gate';
import { Principals } from './principals';
import { RequestLimit } from './request-limit';
import { Sessions } from './session';
import { SessionStrategy, TokenStrategy } from './strategies';

/** What `@Requires` works with; global, because guards are made in the module of each controller. */
@Global()
@Module({
  providers: [Gate, Principals, RequestLimit, Sessions, SessionStrategy, TokenStrategy],
  exports: [Gate, Principals, Sessions],
})
export class AccessModule {}
