import { defineIndex } from '../api/object-index.ts'
import type { Pod } from '../generated/types.ts'

const IMAGE = /(?:^|\/)nginx-gateway-fabric(?::v?([\w.-]+))?(?:@.*)?$/

export interface ControllerFlags {
  readonly container: string
  readonly controllerName: string
  readonly className: string
  readonly version: string
}

/** The container of a Pod that is an NGINX Gateway Fabric controller, with its flags; undefined for other Pods. */
export function controllerFlags(pod: Pod): ControllerFlags | undefined {
  const container = pod.spec?.containers.find(
    ({ image, args }) => IMAGE.test(image ?? '') && args?.[0] === 'controller',
  )
  if (container === undefined) return undefined
  const flag = (name: string): string | undefined =>
    container.args?.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3)
  return {
    container: container.name,
    controllerName: flag('gateway-ctlr-name') ?? 'gateway.nginx.org/nginx-gateway-controller',
    className: flag('gatewayclass') ?? 'nginx',
    version: IMAGE.exec(container.image ?? '')?.[1] ?? '2.4.0',
  }
}

/** Pods that run an NGINX Gateway Fabric controller, under ''. */
export const gatewayControllers = defineIndex((object) => (controllerFlags(object as Pod) === undefined ? [] : ['']))
