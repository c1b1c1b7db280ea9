/** Examples for Services, by the names, images and ports that the documentation's pages go on to use. */
import { example } from './example.ts'

const myNginx = `
apiVersion: v1
kind: Service
metadata:
  name: my-nginx
  labels:
    run: my-nginx
spec:
  selector:
    run: my-nginx
  ports:
  - port: 80
    protocol: TCP
`

const runMyNginx = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: my-nginx
spec:
  replicas: 2
  selector:
    matchLabels:
      run: my-nginx
  template:
    metadata:
      labels:
        run: my-nginx
    spec:
      containers:
      - name: my-nginx
        image: nginx
        ports:
        - containerPort: 80
`

const curlPod = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: curl-deployment
spec:
  replicas: 1
  selector:
    matchLabels:
      app: curlpod
  template:
    metadata:
      labels:
        app: curlpod
    spec:
      containers:
      - name: curlpod
        image: radial/busyboxplus:curl
        command: ["sh", "-c", "while true; do sleep 1; done"]
`

const networkPolicy = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: test-network-policy
  namespace: default
spec:
  podSelector:
    matchLabels:
      role: db
  policyTypes:
  - Ingress
  - Egress
  ingress:
  - from:
    - ipBlock:
        cidr: 172.17.0.0/16
        except:
        - 172.17.1.0/24
    - namespaceSelector:
        matchLabels:
          project: myproject
    - podSelector:
        matchLabels:
          role: frontend
    ports:
    - protocol: TCP
      port: 6379
  egress:
  - to:
    - ipBlock:
        cidr: 10.0.0.0/24
    ports:
    - protocol: TCP
      port: 5978
`

const policyFor = (name: string, types: readonly string[], rules: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
spec:
  podSelector: {}
${rules}  policyTypes:
${types.map((type) => `  - ${type}\n`).join('')}`

const accessNginx = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: access-nginx
spec:
  podSelector:
    matchLabels:
      app: nginx
  ingress:
  - from:
    - podSelector:
        matchLabels:
          access: "true"
`

const minimalIngress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: minimal-ingress
  annotations:
    nginx.ingress.kubernetes.io/rewrite-target: /
spec:
  ingressClassName: nginx-example
  rules:
  - http:
      paths:
      - path: /testpath
        pathType: Prefix
        backend:
          service:
            name: test
            port:
              number: 80
`

const exampleIngress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: example-ingress
spec:
  ingressClassName: nginx
  rules:
  - host: hello-world.example
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: web
            port:
              number: 8080
`

const testIngress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: test-ingress
spec:
  defaultBackend:
    service:
      name: test
      port:
        number: 80
`

const loadBalancerExample = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: hello-world
  labels:
    app.kubernetes.io/name: load-balancer-example
spec:
  replicas: 5
  selector:
    matchLabels:
      app.kubernetes.io/name: load-balancer-example
  template:
    metadata:
      labels:
        app.kubernetes.io/name: load-balancer-example
    spec:
      containers:
      - name: hello-world
        image: gcr.io/google-samples/hello-app:2.0
        ports:
        - containerPort: 8080
`

const helloApplication = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: hello-world
spec:
  replicas: 2
  selector:
    matchLabels:
      run: load-balancer-example
  template:
    metadata:
      labels:
        run: load-balancer-example
    spec:
      containers:
      - name: hello-world
        image: gcr.io/google-samples/hello-app:2.0
        ports:
        - containerPort: 8080
          protocol: TCP
`

const backendService = `
apiVersion: v1
kind: Service
metadata:
  name: hello
spec:
  selector:
    app: hello
    tier: backend
  ports:
  - protocol: TCP
    port: 80
    targetPort: http
`

const backendDeployment = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: backend
spec:
  replicas: 3
  selector:
    matchLabels:
      app: hello
      tier: backend
      track: stable
  template:
    metadata:
      labels:
        app: hello
        tier: backend
        track: stable
    spec:
      containers:
      - name: hello
        image: gcr.io/google-samples/hello-go-gke:1.0
        ports:
        - name: http
          containerPort: 80
`

const frontendService = `
apiVersion: v1
kind: Service
metadata:
  name: frontend
spec:
  type: LoadBalancer
  selector:
    app: hello
    tier: frontend
  ports:
  - protocol: TCP
    port: 80
    targetPort: 80
`

const dualStack = (fields: string): string => `
apiVersion: v1
kind: Service
metadata:
  name: my-service
  labels:
    app.kubernetes.io/name: MyApp
spec:
${fields}  selector:
    app.kubernetes.io/name: MyApp
  ports:
  - protocol: TCP
    port: 80
`

export const serviceExamples = [
  example('service/networking/nginx-svc.yaml', myNginx),
  example('service/networking/run-my-nginx.yaml', runMyNginx),
  example('service/networking/curlpod.yaml', curlPod),
  example('service/networking/networkpolicy.yaml', networkPolicy),
  example(
    'service/networking/network-policy-default-deny-ingress.yaml',
    policyFor('default-deny-ingress', ['Ingress'], ''),
  ),
  example(
    'service/networking/network-policy-default-deny-egress.yaml',
    policyFor('default-deny-egress', ['Egress'], ''),
  ),
  example(
    'service/networking/network-policy-default-deny-all.yaml',
    policyFor('default-deny-all', ['Ingress', 'Egress'], ''),
  ),
  example(
    'service/networking/network-policy-allow-all-ingress.yaml',
    policyFor('allow-all-ingress', ['Ingress'], '  ingress:\n  - {}\n'),
  ),
  example(
    'service/networking/network-policy-allow-all-egress.yaml',
    policyFor('allow-all-egress', ['Egress'], '  egress:\n  - {}\n'),
  ),
  example('service/networking/nginx-policy.yaml', accessNginx),
  example('service/networking/minimal-ingress.yaml', minimalIngress),
  example('service/networking/example-ingress.yaml', exampleIngress),
  example('service/networking/test-ingress.yaml', testIngress),
  example('service/networking/dual-stack-default-svc.yaml', dualStack('')),
  example('service/networking/dual-stack-preferred-svc.yaml', dualStack('  ipFamilyPolicy: PreferDualStack\n')),
  example('service/load-balancer-example.yaml', loadBalancerExample),
  example('service/access/hello-application.yaml', helloApplication),
  example('service/access/backend-service.yaml', backendService),
  example('service/access/backend-deployment.yaml', backendDeployment),
  example('service/access/frontend-service.yaml', frontendService),
]
