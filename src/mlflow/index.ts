export { MlflowModule } from './mlflow.module';
export { MlflowPagesModule } from './mlflow-pages.module';
