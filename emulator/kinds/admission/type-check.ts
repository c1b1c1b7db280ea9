import { environmentOf } from '../../api/cel/environment.ts'
import { modelType } from '../../api/cel/typed-models.ts'
import type { KindDefinition } from '../../api/kind.ts'
import { rootField } from '../../api/schema.ts'
import { compileExpression } from '../../api/structural/cel.ts'
import type { ParamKind, Variable } from '../../generated/types.ts'

/** Why an expression cannot fit objects of a kind, in cel-go's form; `undefined` if it can. */
export function typedExpressionError(
  source: string,
  kind: KindDefinition,
  { paramKind, variables = [] }: { readonly paramKind?: ParamKind; readonly variables?: readonly Variable[] },
): string | undefined {
  const environment = environmentOf(
    'request',
    'namespaceObject',
    'authorizer: kubernetes.authorization.Authorizer',
    ...(paramKind ? ['params'] : []),
  )
  const type = modelType(environment, rootField(kind))
  environment.registerVariable('object', type).registerVariable('oldObject', type)
  const fields = Object.fromEntries(variables.map(({ name }) => [name, 'dyn']))
  environment.registerType('Variables', { fields }).registerVariable('variables', 'Variables')
  return compileExpression(source, environment).error
}
