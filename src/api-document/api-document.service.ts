import { Injectable } from '@nestjs/common';
import { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Addresses, ErrorAnswer } from '../common';
import { completeOperations } from './complete-operations';
import { documentFrame } from './frame';
import { nativeApplication, trackingRoutes } from './native-routes';

/** The OpenAPI document of the native API: made of the routes that really stand in this application, when somebody first asks. */
@Injectable()
export class ApiDocument {
  private text: string | undefined;

  constructor(
    private readonly modules: ModulesContainer,
    private readonly config: ApplicationConfig,
    private readonly addresses: Addresses,
  ) {}

  /** As JSON. */
  json(): string {
    this.text ??= JSON.stringify(this.make());
    return this.text;
  }

  private make(): OpenAPIObject {
    const document = SwaggerModule.createDocument(
      nativeApplication(this.modules, this.config),
      documentFrame(this.addresses),
      {
        // A host's prefix is part of the public address.
        ignoreGlobalPrefix: true,
        autoTagControllers: false,
        extraModels: [ErrorAnswer],
        operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
      },
    );
    completeOperations(document);
    return Object.assign(document, { 'x-mlflow-routes': trackingRoutes(this.modules) });
  }
}
