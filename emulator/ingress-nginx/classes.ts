import { annotationsOf, nameOf, namespaceOf } from '../controllers/metadata.ts'
import type { Ingress, IngressClass } from '../generated/types.ts'
import type { ControllerFlags } from './flags.ts'

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class'

/**
 * Whether an Ingress is this controller's: by the deprecated annotation, whose value is the controller's own word, else by
 * its IngressClass (ingress-nginx: controller/store/store.go, GetIngressClass).
 */
export function isOurs(ingress: Ingress, classes: readonly IngressClass[], flags: ControllerFlags): boolean {
  if (flags.namespace !== undefined && namespaceOf(ingress) !== flags.namespace) return false
  const annotated = annotationsOf(ingress)[CLASS_ANNOTATION]
  if (annotated !== undefined) return annotated === flags.className
  const name = ingress.spec?.ingressClassName
  if (name === undefined) return flags.withoutClass
  const named = classes.find((one) => nameOf(one) === name)
  return named?.spec?.controller === flags.controllerClass || (flags.classByName && name === flags.className)
}
