"""Reviewed words of counselling as data: reasons of the offer check, protocol cards and institutions a country."""
