/** The functions that a 1.36 API server's expressions have (upstream: apiserver/pkg/cel/environment/base.go). */
import { Environment } from '@marcbachmann/cel-js'
import { registerAccess } from './access.ts'
import { registerAmounts } from './amounts.ts'
import { registerAddresses } from './ip.ts'
import { registerLists } from './lists.ts'
import { registerStrings } from './strings.ts'
import { registerTexts } from './urls.ts'

const LIMITS = { maxAstNodes: 5000, maxDepth: 100, maxListElements: 256, maxMapEntries: 256, maxCallArguments: 32 }

/** An environment without variables; `clone` it to add some. */
function createBase(): Environment {
  const environment = new Environment({
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: false,
    limits: LIMITS,
  })
  registerStrings(environment)
  registerLists(environment)
  registerAmounts(environment)
  registerAddresses(environment)
  registerTexts(environment)
  registerAccess(environment)
  return environment
}

const base = createBase()

/** `variables` are `name` (of any type) or `name: type`. */
export function environmentOf(...variables: readonly string[]): Environment {
  return variables.reduce<Environment>((environment, variable) => {
    const [name = '', type = 'dyn'] = variable.split(': ')
    return environment.registerVariable(name, type)
  }, base.clone())
}
