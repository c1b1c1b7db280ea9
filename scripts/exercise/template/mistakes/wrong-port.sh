# fails: ports answers
# ✎ a near miss
kubectl expose deployment ${app} --port=8080
