/** Actions by commit: a tag can be moved, a commit cannot. */
export const ACTIONS = {
  checkout: 'actions/checkout@93cb6efe18208431cddfb8368fd83d5badbf9bfd', // v5.0.1
  setupNode: 'actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444', // v5.0.0
  cache: 'actions/cache@0057852bfaa89a56745cba8c7296529d2fc39830', // v4.3.0
};
