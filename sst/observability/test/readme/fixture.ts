// What the reader of the README has already: nothing, it is free of CDK.
export {};
