import { Tags } from 'aws-cdk-lib/core';
export const x = Tags;
