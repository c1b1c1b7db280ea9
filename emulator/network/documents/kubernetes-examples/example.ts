import { defineDocument, type InternetDocument } from '../document.ts'

/** An example of the Kubernetes documentation: `service/networking/nginx-svc.yaml`. */
export const example = (path: string, text: string): InternetDocument =>
  defineDocument({ address: `kubernetes.io/examples/${path}`, text: () => text.replace(/^\n/, '') })
