import { paginateListFunctions } from '@aws-sdk/client-lambda';
import { all } from '../../account/pages';
import type { Kind, Service } from '../kind';

const functionsOfLambda: Kind = {
  name: 'function',
  type: 'AWS::Lambda::Function',
  read: async ({ aws: { lambda: client } }) =>
    (await all(paginateListFunctions({ client }, {}), ({ Functions }) => Functions)).map(
      ({ Environment, Layers, VpcConfig, ...rest }) => ({
        id: String(rest.FunctionName),
        properties: {
          ...rest,
          // An empty one stands for none.
          VpcConfig: VpcConfig?.VpcId ? VpcConfig : undefined,
          Layers: Layers?.map(({ Arn }) => Arn),
          // Values of variables may be secret.
          environment: Object.keys(Environment?.Variables ?? {}),
        },
      }),
    ),
};

export const functions: Service = { name: 'functions', kinds: [functionsOfLambda] };
