export { type CachedFolder, CacheFolderError, cachedFolder } from './cached-folder';
export { freePort, isTaken } from './free-port';
export { type Running, SupervisedFolder } from './supervised-folder';
