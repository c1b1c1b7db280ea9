import type { Blueprint } from './blueprint.ts'
import { defaultBlueprint } from './default.ts'
import { fiftyNodesBlueprint } from './fifty-nodes.ts'
import { localPathBlueprint } from './local-path.ts'
import { noLoadBalancerBlueprint } from './no-load-balancer.ts'

export const blueprints: readonly Blueprint[] = [
  defaultBlueprint,
  noLoadBalancerBlueprint,
  localPathBlueprint,
  fiftyNodesBlueprint,
]
