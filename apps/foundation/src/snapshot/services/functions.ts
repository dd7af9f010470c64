import { paginateListFunctions } from '@aws-sdk/client-lambda';
import { listed, type Service } from '../kind';

const functionsOfLambda = listed({
  name: 'function',
  type: 'AWS::Lambda::Function',
  pages: ({ aws: { lambda: client } }) => paginateListFunctions({ client }, {}),
  items: ({ Functions }) => Functions,
  id: ({ FunctionName }) => FunctionName,
  properties: ({ Environment, Layers, VpcConfig, ...rest }) => ({
    ...rest,
    // An empty one stands for none.
    VpcConfig: VpcConfig?.VpcId ? VpcConfig : undefined,
    Layers: Layers?.map(({ Arn }) => Arn),
    // Values of variables may be secret.
    environment: Object.keys(Environment?.Variables ?? {}),
  }),
});

export const functions: Service = { name: 'functions', kinds: [functionsOfLambda] };
