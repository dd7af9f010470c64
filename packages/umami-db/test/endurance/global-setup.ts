export { default } from '../integration/global-setup';
