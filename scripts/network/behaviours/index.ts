import type { Topic } from '../behaviour.ts'
import { faults } from './faults.ts'
import { gateway } from './gateway.ts'
import { images } from './images.ts'
import { ingress } from './ingress.ts'
import { insidePods } from './inside-pods.ts'
import { names } from './names.ts'
import { networkPolicy } from './network-policy.ts'
import { reachability } from './reachability.ts'
import { tools } from './tools.ts'
import { trace } from './trace.ts'
import { traffic } from './traffic.ts'

/** All behaviours, in the order of the page. */
export const topics: readonly Topic[] = [
  traffic,
  names,
  ingress,
  gateway,
  networkPolicy,
  reachability,
  faults,
  tools,
  insidePods,
  images,
  trace,
]
