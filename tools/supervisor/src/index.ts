export { type CachedFolder, CacheFolderError, cachedFolder } from './cached-folder';
export { freePort, isTaken } from './free-port';
export { onTerminal, processesWith, TerminalSession, terminalProblems } from './on-terminal';
export { type Running, SupervisedFolder } from './supervised-folder';
