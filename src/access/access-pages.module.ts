import { Module } from '@nestjs/common';
import { SignInController } from './sign-in.controller';

/** The sign-in form; it stands at the server's root, beside the API's prefix. */
@Module({ controllers: [SignInController] })
export class AccessPagesModule {}
