import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { AccessModule, AccessPagesModule } from './access';
import { ApiDocumentModule } from './api-document';
import { ArtifactsModule } from './artifacts';
import type { AssayMount, AssayOptions } from './assay.options';
import { CandidatesModule } from './candidates';
import { defaultDocumentPath, defaultPrefix } from './common';
import { DataSourceModule } from './data-source.module';
import { DatabaseModule } from './database';
import { DeletionModule } from './deletion';
import { ExperimentsModule } from './experiments';
import { MergeRequestsModule, MergeRequestsPagesModule } from './merge-requests';
import { MlflowModule, MlflowPagesModule } from './mlflow';
import { ModelsModule } from './models';
import { PagesModule } from './pages';
import { ProjectsModule, ProjectsPagesModule } from './projects';
import { SettingsModule, type AssayAsyncOptions } from './settings.module';
import { MetricsModule, UsageModule } from './usage';

/** Every module whose controllers stand below the API's path: one that is missing here would silently stand beside it. */
const apiModules: Type[] = [
  AccessModule,
  ProjectsModule,
  ExperimentsModule,
  CandidatesModule,
  ArtifactsModule,
  ModelsModule,
  MergeRequestsModule,
  MlflowModule,
  UsageModule,
  DeletionModule,
];

/** Pages stand at the host's root: `/:namespace/:name/-/ml/…` and `/-/ml/…`. */
const pageModules: Type[] = [
  AccessPagesModule,
  ProjectsPagesModule,
  PagesModule,
  MergeRequestsPagesModule,
  MlflowPagesModule,
];

/**
 * Assay as a module of a host: `AssayModule.forRoot({...})`, or `forRootAsync` when the options come from providers. Call
 * `prepareDatabase` before and `prepareHost(app)` before `app.listen`. One mount an app: Nest keeps routes per class.
 */
@Module({})
export class AssayModule {
  static forRoot(options: AssayOptions & AssayMount): DynamicModule {
    return AssayModule.forRootAsync({ ...options, useFactory: () => options });
  }

  static forRootAsync(options: AssayAsyncOptions): DynamicModule {
    const { prefix = defaultPrefix, documentPath = defaultDocumentPath, metricsPath } = options;
    const metrics = metricsPath === undefined ? [] : [{ path: metricsPath, module: MetricsModule }];
    return {
      module: AssayModule,
      imports: [
        SettingsModule.of(options),
        { module: DataSourceModule, global: true },
        DatabaseModule,
        ...apiModules,
        ...pageModules,
        ApiDocumentModule,
        ...metrics.map(({ module }) => module),
        RouterModule.register([
          ...apiModules.map((module) => ({ path: prefix, module })),
          { path: documentPath, module: ApiDocumentModule },
          ...metrics,
        ]),
      ],
      exports: [DatabaseModule, ...apiModules],
    };
  }
}
