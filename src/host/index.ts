export { prepareHost } from './prepare-host';
