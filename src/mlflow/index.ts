export { MlflowModule } from './mlflow.module';
