import { Controller, Get, Header } from '@nestjs/common';
import { Requires } from '../access';
import { NativeApi, Operation } from '../common';
import { ApiDocument } from './api-document.service';

/** Serves the OpenAPI document at the address that the mount chose. */
@NativeApi()
@Controller()
export class ApiDocumentController {
  constructor(private readonly document: ApiDocument) {}

  @Get()
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Header('Cache-Control', 'no-cache')
  @Requires('public')
  @Operation('This document', { content: ['application/json'] })
  show(): string {
    return this.document.json();
  }
}
