import json

from django.conf import settings
from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from store.models import Cart, CartItem, Product

PAGE_SIZE = 10


def product_as_json(product):
    return {
        "id": product.id,
        "title": product.title,
        "price": str(product.price),
        "collection": product.collection_id,
        "images": [{"id": image.id, "url": image.url} for image in product.images.all()],
    }


@require_GET
def products(request):
    found = Product.objects.order_by("id")
    if not settings.N_PLUS_ONE:
        found = found.prefetch_related("images")
    try:
        if "collection_id" in request.GET:
            found = found.filter(collection_id=int(request.GET["collection_id"]))
        first = (max(int(request.GET.get("page", 1)), 1) - 1) * PAGE_SIZE
    except ValueError:
        return HttpResponseBadRequest("collection_id and page are numbers")
    page = [product_as_json(product) for product in found[first : first + PAGE_SIZE]]
    return JsonResponse({"results": page})


@require_GET
def product(request, product_id):
    found = get_object_or_404(Product.objects.prefetch_related("images"), pk=product_id)
    return JsonResponse(product_as_json(found))


@require_POST
def carts(request):
    return JsonResponse({"id": str(Cart.objects.create().id), "items": []}, status=201)


@require_GET
def cart(request, cart_id):
    found = get_object_or_404(Cart, pk=cart_id)
    items = [
        {
            "product": item.product.title,
            "quantity": item.quantity,
            "total": str(item.quantity * item.product.price),
        }
        for item in found.items.select_related("product").order_by("id")
    ]
    return JsonResponse({"id": str(found.id), "items": items})


@require_POST
def cart_items(request, cart_id):
    found = get_object_or_404(Cart, pk=cart_id)
    try:
        wanted = json.loads(request.body)
        product_id, quantity = int(wanted["product_id"]), int(wanted["quantity"])
    except (ValueError, KeyError, TypeError):
        return HttpResponseBadRequest("product_id and quantity are numbers")
    get_object_or_404(Product, pk=product_id)
    item, is_new = CartItem.objects.get_or_create(
        cart=found, product_id=product_id, defaults={"quantity": quantity}
    )
    if not is_new:
        item.quantity += quantity
        item.save(update_fields=["quantity"])
    line = {"id": item.id, "product_id": product_id, "quantity": item.quantity}
    return JsonResponse(line, status=201)
