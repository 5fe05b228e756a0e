from django.urls import path

from store import views

urlpatterns = [
    path("store/products/", views.products),
    path("store/products/<int:product_id>", views.product),
    path("store/carts/", views.carts),
    path("store/carts/<uuid:cart_id>/", views.cart),
    path("store/carts/<uuid:cart_id>/items/", views.cart_items),
]
