export const keys = ['a'];
