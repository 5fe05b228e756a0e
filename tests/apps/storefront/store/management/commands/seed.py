"""Fills an empty shop: 1,000 products in the collections 2 to 6, the same every time."""

import random

from django.core.management.base import BaseCommand
from django.db import transaction

from store.models import Collection, Product, ProductImage

COLLECTIONS = {2: "Grocery", 3: "Beauty", 4: "Cleaning", 5: "Stationery", 6: "Pets"}
PRODUCTS = 1000


class Command(BaseCommand):
    help = __doc__

    @transaction.atomic
    def handle(self, *args, **options):
        if Product.objects.exists():
            self.stdout.write("the shop is filled already")
            return
        dice = random.Random(1)
        Collection.objects.bulk_create(
            Collection(id=key, title=title) for key, title in COLLECTIONS.items()
        )
        Product.objects.bulk_create(
            Product(
                id=number,
                title=f"Product {number}",
                price=dice.randint(100, 9999) / 100,
                collection_id=2 + number % len(COLLECTIONS),
            )
            for number in range(1, PRODUCTS + 1)
        )
        ProductImage.objects.bulk_create(
            ProductImage(product_id=number, url=f"/media/{number}-{view}.jpg")
            for number in range(1, PRODUCTS + 1)
            for view in range(1, dice.randint(2, 4) + 1)
        )
        self.stdout.write(f"{PRODUCTS} products, {ProductImage.objects.count()} images")
