import { Module } from '@nestjs/common';
import { ApiDocumentController } from './api-document.controller';
import { ApiDocument } from './api-document.service';

/** The OpenAPI document of the native API. */
@Module({ controllers: [ApiDocumentController], providers: [ApiDocument] })
export class ApiDocumentModule {}
