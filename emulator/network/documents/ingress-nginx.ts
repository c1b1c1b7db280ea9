import { dump } from 'js-yaml'
import { defineDocument } from './document.ts'
import { admissionObjects } from './ingress-nginx-admission.ts'
import { controllerObjects, type Release } from './ingress-nginx-controller.ts'

/** Its releases end with 1.15.1 of March 2026, with which the project was archived. */
const ADDRESS =
  /^raw\.githubusercontent\.com\/kubernetes\/ingress-nginx\/(?:controller-v(1\.(?:\d|1[0-4])\.\d|1\.15\.[01])|main)\/deploy\/static\/provider\/(cloud|baremetal)\/deploy\.yaml$/
const NEWEST = '1.15.1'

/** The NGINX Ingress controller as its project installs it: with a load balancer's address, or with node ports. */
export const ingressNginx = defineDocument({
  address: ADDRESS,
  text(address) {
    const [, version = NEWEST, provider] = ADDRESS.exec(address) ?? []
    const release: Release = { version, loadBalancer: provider === 'cloud' }
    const { first, last } = controllerObjects(release)
    return [...first, ...admissionObjects(release), ...last]
      .map((object) => dump(object, { noRefs: true, lineWidth: -1 }))
      .join('---\n')
  },
})
